//! How a paginated operation's pages follow each other.

use super::file::File;
use super::names::{Place, ident};
use crate::ir::{Accessor, Operation, Presence, RustType, Step};
use proc_macro2::TokenStream;
use quote::quote;

/// Adds the traits, the way in and the `paginator` module, where the operation is paginated.
pub(super) fn emit(file: &mut File<'_>, operation: &Operation) {
    let Some(paginated) = &operation.paginated else { return };
    let name = ident(&operation.rust_name);
    let token = file.ty(Place::Operation, &paginated.token_type);
    let option = file.scope.standard("Option");
    let output_token = read(file, &quote!(output), &paginated.output_token);
    let input_token = read(file, &quote!(input), &paginated.input_token);
    let set_token = ident(&last(&paginated.input_token).rust_name);
    let is_end = match paginated.token_type {
        RustType::String => quote!(token.is_empty()),
        RustType::Map { .. } | RustType::List { .. } => quote!(token.is_empty()),
        _ => quote! {
            let _ = token;
            false
        },
    };
    let paginated_trait = file.name("smithy_runtime::operation", "Paginated");
    file.import("smithy_runtime", "into_paginator");
    file.tokens(quote! {
        impl #paginated_trait for #name {
            type Token = #token;

            #[inline]
            fn token(output: &Self::Output) -> #option<&#token> {
                #output_token
            }

            #[inline]
            fn input_token(input: &Self::Input) -> #option<&#token> {
                #input_token
            }

            #[inline]
            fn set_token(input: &mut Self::Input, token: #option<#token>) {
                input.#set_token = token;
            }

            #[inline]
            fn is_end(token: &#token) -> bool {
                #is_end
            }
        }
    });
    if let Some(items) = &paginated.items {
        let items_trait = file.name("smithy_runtime::operation", "PaginatedItems");
        let vec = file.scope.standard("Vec");
        let (item, into) = item_type(file, items);
        let take = take(items, into);
        file.tokens(quote! {
            impl #items_trait for #name {
                type Item = #item;

                #[inline]
                fn items(output: Self::Output) -> #vec<#item> {
                    #take
                }
            }
        });
    }
    if let Some(size) = &paginated.page_size {
        let size_trait = file.name("smithy_runtime::operation", "PageSize");
        let field = ident(&last(size).rust_name);
        let value = match last(size).ty {
            RustType::I32 => quote!(size),
            RustType::I8 => quote!(size.try_into().unwrap_or(i8::MAX)),
            RustType::I16 => quote!(size.try_into().unwrap_or(i16::MAX)),
            _ => quote!(size.into()),
        };
        let some = file.scope.standard("Some");
        file.tokens(quote! {
            impl #size_trait for #name {
                #[inline]
                fn set_page_size(input: &mut Self::Input, size: i32) {
                    input.#field = #some(#value);
                }
            }
        });
    }
    let name = &operation.rust_name;
    file.text(format!("into_paginator!({name}FluentBuilder => {name});"));
    let mut module = format!(
        "/// What reads all pages of `{name}`.\npub mod paginator {{\n    use super::{name};\n\n    \
         /// Reads the pages, or their items.\n    \
         pub type {name}Paginator = smithy_runtime::paginator::Paginator<{name}>;\n"
    );
    if paginated.items.is_some() {
        module += &format!(
            "\n    /// Reads the items of all pages.\n    \
             pub type {name}PaginatorItems = smithy_runtime::paginator::PaginatorItems<{name}>;\n"
        );
    }
    file.text(module + "}");
}

fn last(accessor: &Accessor) -> &Step {
    // `lower` makes no accessor without steps; an empty one would stop the build of the output.
    const NONE: &Step = &Step {
        index: 0,
        name: String::new(),
        rust_name: String::new(),
        bare_name: String::new(),
        ty: RustType::Bool,
        presence: Presence::Optional,
        boxed: false,
    };
    accessor.steps.last().unwrap_or(NONE)
}

/// `output.result.as_ref()?.token.as_ref()`: an optional reference to the value at the end.
fn read(file: &File<'_>, from: &TokenStream, accessor: &Accessor) -> TokenStream {
    let some = file.scope.standard("Some");
    let mut out = from.clone();
    let count = accessor.steps.len();
    for (index, step) in accessor.steps.iter().enumerate() {
        let field = ident(&step.rust_name);
        let optional = matches!(step.presence, Presence::Optional);
        out = match (optional, index + 1 == count) {
            (true, true) => quote!(#out.#field.as_ref()),
            (false, true) => quote!(#some(&#out.#field)),
            (true, false) => quote!(#out.#field.as_ref()?),
            (false, false) => quote!(#out.#field),
        };
    }
    out
}

/// The value at the end, by value, as a list of items.
fn take(accessor: &Accessor, into: TokenStream) -> TokenStream {
    let mut steps = accessor.steps.iter();
    let Some(first) = steps.next() else { return quote!() };
    let field = ident(&first.rust_name);
    let mut optional = matches!(first.presence, Presence::Optional);
    let mut out = quote!(output.#field);
    for step in steps {
        let field = ident(&step.rust_name);
        let below = matches!(step.presence, Presence::Optional);
        out = match (optional, below) {
            (true, true) => quote!(#out.and_then(|it| it.#field)),
            (true, false) => quote!(#out.map(|it| it.#field)),
            (false, _) => quote!(#out.#field),
        };
        optional |= below;
    }
    if optional {
        out = quote!(#out.unwrap_or_default());
    }
    quote!(#out #into)
}

/// The type of one item, and how the collection becomes a list of them.
fn item_type(file: &mut File<'_>, items: &Accessor) -> (TokenStream, TokenStream) {
    let place = Place::Operation;
    match &last(items).ty {
        RustType::List { item, sparse } => {
            let item = file.ty(place, item);
            (file.nullable(item, *sparse), quote!())
        }
        RustType::Map { key, value, sparse } => {
            let key = file.ty(place, key);
            let value = file.ty(place, value);
            let value = file.nullable(value, *sparse);
            (quote!((#key, #value)), quote!(.into_iter().collect()))
        }
        other => {
            let ty = file.ty(place, other);
            (ty, quote!())
        }
    }
}
