//! A provider of the sample API, and a client for it in the same process.

use sample_client::{Body, Client, TowerTransport};
use sample_server::oauth::*;
use sample_server::types::*;
use sample_server::{
    AuthError, Authenticate, Body as ServerBody, Bytes, Call, Credentials, FilesApi, Operation,
    Problem, Server, ShopApi, ValuesApi,
};

/// A provider with one app. Its behaviour depends on the requested app.
pub struct Provider;

#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub user: String,
}

impl FilesApi for Provider {}
impl ShopApi for Provider {}
impl ValuesApi for Provider {}

impl OauthApi for Provider {
    type Session = Session;

    async fn create_oauth_app(
        &self,
        call: Call<Session>,
        body: CreateOAuthAppBody,
    ) -> Result<OAuthApp, CreateOAuthAppError> {
        match body.name.as_str() {
            "taken" => Err(CreateOAuthAppError::BadRequest(
                AppError::new().message("the name is taken"),
            )),
            "disabled" => Err(CreateOAuthAppError::NotImplemented(AppError::new())),
            "teapot" => {
                let teapot = http::StatusCode::IM_A_TEAPOT;
                Err(Problem::new(teapot).with_detail("short and stout").into())
            }
            _ => Ok(OAuthApp::new(OAuthAppRequired {
                id: call.session().user.clone(),
                name: body.name,
                callback_urls: body.callback_urls,
            })),
        }
    }

    async fn get_oauth_apps(
        &self,
        _: Call<Session>,
        params: GetOAuthAppsParams,
    ) -> Result<Vec<OAuthApp>, GetOAuthAppsError> {
        let app = oauth_app("params", format!("{params:?}"), []);
        Ok(vec![app])
    }

    async fn get_oauth_app(
        &self,
        call: Call<Option<Session>>,
        app_id: String,
    ) -> Result<OAuthApp, GetOAuthAppError> {
        match app_id.as_str() {
            "nope" => Err(GetOAuthAppError::NotFound(
                AppError::new().id("app.404").message("no such app"),
            )),
            "broken" => {
                let cause = std::io::Error::other("no\nroom");
                Err(Problem::unexpected(cause).with_detail("of the disk").into())
            }
            "slow" => {
                tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
                Err(Problem::new(http::StatusCode::OK).into())
            }
            _ => {
                let user = call
                    .session()
                    .as_ref()
                    .map_or("nobody", |session| &session.user);
                Ok(oauth_app(app_id, user, ["https://ci.example/cb"]))
            }
        }
    }

    async fn update_oauth_app(
        &self,
        _: Call<Session>,
        app_id: String,
        body: OAuthApp,
    ) -> Result<UpdateOAuthAppResponse, UpdateOAuthAppError> {
        match app_id.as_str() {
            "same" => Ok(UpdateOAuthAppResponse::NoContent),
            "gone" => Err(UpdateOAuthAppError::ClientError(
                http::StatusCode::GONE,
                AppError::new().message("gone"),
            )),
            _ => Ok(UpdateOAuthAppResponse::Ok(body)),
        }
    }

    async fn get_oauth_app_icon(
        &self,
        _: Call,
        app_id: String,
        size: i32,
    ) -> Result<ServerBody, GetOAuthAppIconError> {
        Ok(format!("{size} pixels of {app_id}\u{0}").into())
    }

    async fn set_oauth_app_icon(
        &self,
        _: Call,
        app_id: String,
        body: ServerBody,
    ) -> Result<String, SetOAuthAppIconError> {
        let body = body.bytes().await;
        let body = body.map_err(|_| Problem::new(http::StatusCode::BAD_REQUEST))?;
        Ok(format!("{app_id} has {} bytes, ü", body.len()))
    }

    async fn register_oauth_client(
        &self,
        _: Call,
        body: ClientRegistrationRequest,
    ) -> Result<ClientRegistrationResponse, RegisterOAuthClientError> {
        match body.client_name.as_deref() {
            Some("bad") => Err(RegisterOAuthClientError::BadRequest(
                ClientRegistrationError::new("invalid_client_metadata"),
            )),
            Some("off") => Err(RegisterOAuthClientError::Forbidden),
            Some("busy") => Err(RegisterOAuthClientError::Default(
                http::StatusCode::SERVICE_UNAVAILABLE,
                AppError::new().message("busy"),
            )),
            _ => Ok(ClientRegistrationResponse::new("c1")),
        }
    }
}

/// Accepts the token `good` and the key `k1`; `weak` is known but has no permissions, and `trouble` can't be checked.
pub struct Tokens;

impl Authenticate for Tokens {
    type Session = Session;

    async fn authenticate(
        &self,
        credentials: Credentials,
        operation: &'static Operation,
        _: &http::request::Parts,
    ) -> Result<Session, AuthError> {
        assert!(!operation.security.is_empty());
        let password = credentials
            .basic()
            .filter(|(user, _)| *user == "ann")
            .map(|(_, password)| password);
        match credentials
            .bearer()
            .or(credentials.api_key("key"))
            .or(password)
        {
            Some("good" | "k1" | "p:ä") => Ok(Session {
                user: "ann".to_owned(),
            }),
            Some("weak") => Err(AuthError::Forbidden),
            Some("trouble") => Err(Problem::new(http::StatusCode::SERVICE_UNAVAILABLE).into()),
            _ => Err(AuthError::Unauthorized),
        }
    }
}

pub fn server() -> Server<Provider, Tokens> {
    Server::builder(Provider)
        .authenticate(Tokens)
        .max_body_bytes(1000)
        .build()
}

pub const BASE_URL: &str = "http://chat.test";

/// A client that calls the server without a network.
pub fn client() -> Client {
    let transport = TowerTransport::new(server());
    Client::builder(BASE_URL)
        .bearer("good")
        .csrf("c")
        .transport(transport)
        .build()
        .unwrap()
}

pub fn body() -> CreateOAuthAppBody {
    CreateOAuthAppBody::new(["https://ci.example/cb"], "ci")
}

pub fn oauth_app<const N: usize>(
    id: impl Into<String>,
    name: impl Into<String>,
    callback_urls: [&str; N],
) -> OAuthApp {
    OAuthApp::new(OAuthAppRequired {
        id: id.into(),
        name: name.into(),
        callback_urls: callback_urls.map(Uri::from).into(),
    })
}

pub fn answer(status: u16, content_type: &str, body: impl Into<Body>) -> http::Response<Body> {
    let response = http::Response::builder()
        .status(status)
        .header("content-type", content_type);
    response.body(body.into()).unwrap()
}

/// A body in two chunks whose size isn't known in advance.
pub fn chunked(length: usize) -> Body {
    let pieces = [vec![b' '; length / 2], vec![b' '; length - length / 2]];
    Body::stream(Pieces(pieces.map(Bytes::from).into()))
}

struct Pieces(std::collections::VecDeque<Bytes>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Ready(
            self.0
                .pop_front()
                .map(|piece| Ok(http_body::Frame::data(piece))),
        )
    }
}
