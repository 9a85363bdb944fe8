//! Every paginator over several pages on a real socket.

use serde_json::{Value, json};
use tests::by_name::{Paged, Pages, paginate};
use tests::client::client;
use tests::model::{Model, target};
use tests::server::{Answer, Server};

/// One paginated operation: its input, the member that holds a page's items, and an item.
struct List {
    operation: String,
    input: Value,
    items: String,
    item: Value,
}

fn lists() -> Vec<List> {
    let model = Model::load();
    let lists = model.operations().into_iter().filter_map(|(operation, shape)| {
        let items = shape["traits"]["smithy.api#paginated"]["items"].as_str()?.to_owned();
        let mut input = model.sample(target(&shape["input"]));
        input.as_object_mut().expect("an object").remove("nextToken");
        let item = model.sample(target(&shape["output"]))[&items][0].clone();
        Some(List { operation: operation.to_owned(), input, items, item })
    });
    let lists: Vec<_> = lists.collect();
    assert_eq!(lists.len(), 21);
    lists
}

impl List {
    fn page(&self, count: usize, token: Option<&str>) -> Value {
        let mut page = json!({&self.items: vec![self.item.clone(); count]});
        if let Some(token) = token {
            page["nextToken"] = json!(token);
        }
        page
    }

    async fn serve(&self, pages: &[Value]) -> Server {
        Server::sequence(pages.iter().map(|page| Answer::json(200, page.to_string())).collect()).await
    }

    async fn read(&self, server: &Server, how: Pages) -> Paged {
        paginate(&client(&server.url()), &self.operation, &self.input, how).await
    }
}

/// The token that each request asked with.
fn tokens(server: &Server) -> Vec<Value> {
    server.requests().iter().map(|request| request.json()["nextToken"].clone()).collect()
}

#[tokio::test]
async fn pages_follow_their_tokens_over_an_empty_page_to_an_empty_token() {
    for list in lists() {
        let pages = [list.page(2, Some("a")), list.page(0, Some("b")), list.page(1, Some(""))];
        let server = list.serve(&pages).await;
        let paged = list.read(&server, Pages::Whole).await;
        assert_eq!((paged.values.len(), &paged.error), (3, &None), "{}", list.operation);
        assert_eq!(paged.values[..2], pages[..2], "{}", list.operation);
        assert_eq!(tokens(&server), [json!(null), json!("a"), json!("b")], "{}", list.operation);

        let server = list.serve(&pages).await;
        let items = list.read(&server, Pages::Items).await;
        assert_eq!((items.values, items.error), (vec![list.item.clone(); 3], None), "{}", list.operation);
    }
}

#[tokio::test]
async fn a_token_that_repeats_ends_the_pages_unless_told_otherwise() {
    for list in lists() {
        let pages = [list.page(1, Some("a")), list.page(1, Some("a")), list.page(1, None)];
        let server = list.serve(&pages).await;
        let paged = list.read(&server, Pages::Whole).await;
        assert_eq!((paged.values.len(), paged.error), (2, None), "{}", list.operation);

        let server = list.serve(&pages).await;
        let paged = list.read(&server, Pages::PastDuplicates).await;
        assert_eq!((paged.values.len(), paged.error), (3, None), "{}", list.operation);
    }
}

#[tokio::test]
async fn an_error_midway_ends_the_pages_and_they_resume_from_its_token() {
    for list in lists() {
        let answers = vec![
            Answer::json(200, list.page(2, Some("a")).to_string()),
            Answer::error(400, "ValidationException", "the token is stale"),
            Answer::json(200, list.page(1, None).to_string()),
        ];
        let server = Server::sequence(answers).await;
        let paged = list.read(&server, Pages::Whole).await;
        assert_eq!((paged.values.len(), paged.token.as_deref()), (1, Some("a")), "{}", list.operation);
        let error = paged.error.expect("an error");
        assert!(error.contains("the token is stale"), "{error}");

        let rest = list.read(&server, Pages::ResumedFrom("a")).await;
        assert_eq!((rest.values.len(), rest.error), (1, None), "{}", list.operation);
        assert_eq!(tokens(&server), [json!(null), json!("a"), json!("a")], "{}", list.operation);
    }
}
