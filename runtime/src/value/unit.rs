//! A value without content.

/// What a union's member holds that says enough by being chosen.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Unit;

impl super::Empty for Unit {
    fn empty() -> Self {
        Self
    }
}

impl super::Value for Unit {
    fn node(&self) -> super::Node<'_> {
        super::Node::Structure(self)
    }

    fn slot(&mut self) -> super::Slot<'_> {
        super::Slot::Structure(self)
    }
}

impl super::Structure for Unit {
    fn shape(&self) -> &'static crate::schema::Shape {
        &crate::schema::prelude::UNIT
    }

    fn member(&self, _: usize) -> Option<&dyn super::Value> {
        None
    }

    fn member_mut(&mut self, _: usize) -> Option<&mut dyn super::Value> {
        None
    }
}

impl std::fmt::Debug for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unit")
    }
}
