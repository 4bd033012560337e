//! What the blocks of the guide use without saying so. It isn't a part of the tests: `snippets.rs` copies it next to the blocks.

pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// For the chapters about the client.
pub mod client {
    pub use super::BoxError;
    pub use http::{Method, StatusCode};
    pub use pets_client::pets::*;
    pub use pets_client::runtime::*;
    pub use pets_client::shop::*;
    pub use pets_client::types::*;
    pub use pets_client::*;
    pub use std::time::Duration;

    pub struct Arguments {
        pub client: Client,
        pub url: &'static str,
        pub token: String,
        pub secret: String,
        pub stored: String,
        pub redirected_to: String,
        pub vault: Vault,
        pub order: Order,
    }

    #[derive(Clone)]
    pub struct Vault;

    pub struct Lease {
        pub token: String,
        pub duration: Duration,
    }

    impl Vault {
        pub async fn lease(&self, _: &str) -> Result<Lease, BoxError> {
            Err("none".into())
        }
    }

    /// In the place of another runtime.
    pub mod smol {
        pub struct Timer;

        impl Timer {
            pub async fn after(_: std::time::Duration) {}
        }
    }
}

/// For the chapters about the server.
pub mod server {
    pub use super::BoxError;
    pub use bytes::Bytes;
    pub use http::{HeaderName, HeaderValue, StatusCode};
    pub use pets_server::pets::*;
    pub use pets_server::runtime::*;
    pub use pets_server::shop::*;
    pub use pets_server::types::*;
    pub use pets_server::{callbacks, pets, shop, webhooks};
    pub use pets_server::*;
    pub use std::time::Duration;
    pub use tower_layer::Layer;

    pub struct Arguments {
        pub provider: Provider,
        pub service: Server<Provider, Tokens>,
        pub listener: tokio::net::TcpListener,
        pub secret: String,
        pub origin: HeaderValue,
        pub audit: tower_layer::Identity,
        pub operation: &'static Operation,
        pub response: http::Response<Body>,
    }

    #[derive(Clone, Default)]
    pub struct User {
        pub may_see_pets: bool,
        pub scopes: Vec<String>,
    }

    impl User {
        pub fn next_order(&self) -> Uuid {
            "a8098c1a-f86e-11da-bd1a-00112444be1e".into()
        }
    }

    pub struct Users;

    impl Users {
        pub fn by_token(&self, _: Option<&str>) -> Option<User> {
            None
        }
    }

    pub fn users() -> Users {
        Users
    }

    pub struct Claims {
        pub scopes: Vec<String>,
        pub user: User,
    }

    pub fn verified(_: &str) -> Result<Claims, String> {
        Err("no".to_owned())
    }

    #[derive(Default)]
    pub struct Store;

    impl Store {
        pub fn count(&self) -> i64 {
            0
        }

        pub fn page(&self, _: i64, _: i64) -> Vec<Pet> {
            Vec::new()
        }

        pub fn find(&self, _: i64) -> Option<Pet> {
            None
        }

        pub fn add(&self, name: String) -> Pet {
            Pet::new(1, name)
        }

        pub fn is_ordered(&self, _: i64) -> bool {
            false
        }

        pub fn remove(&self, _: i64) -> Option<()> {
            None
        }

        pub fn query(&self, _: i64) -> Result<Pet, MyError> {
            Err(MyError::NoSuchPet)
        }
    }

    pub enum MyError {
        NoSuchPet,
        Database(std::io::Error),
    }

    pub struct Photos;

    impl Photos {
        pub fn get(&self, _: i64) -> Option<Bytes> {
            None
        }

        pub fn put(&self, _: i64, _: Bytes, _: Option<String>) {}

        pub fn append(&self, _: i64, _: Bytes) {}
    }

    pub type News = tokio::sync::broadcast::Sender<Pet>;

    pub struct Provider;

    impl PetsApi for Provider {
        type Session = User;
    }

    impl ShopApi for Provider {
        type Session = User;
    }

    pub struct Receiver;

    impl Webhooks for Receiver {}

    pub struct Tokens;

    impl Authenticate for Tokens {
        type Session = User;

        async fn authenticate(
            &self,
            _: Credentials,
            _: &'static Operation,
            _: &RequestParts,
        ) -> Result<User, AuthError> {
            Ok(User::default())
        }
    }

    pub async fn authenticate(_: Credentials) -> Result<User, AuthError> {
        Ok(User::default())
    }

    /// In the place of tower's layer.
    pub struct ConcurrencyLimit;

    impl ConcurrencyLimit {
        pub fn new<S>(service: S, _: usize) -> S {
            service
        }
    }
}

/// For blocks with a server and its client, which say what they use.
pub mod both {
    pub use super::BoxError;
    pub use super::server::{Provider, Tokens};

    pub fn service() -> pets_server::Server<Provider, Tokens> {
        pets_server::Server::builder(Provider).authenticate(Tokens).build()
    }
}
