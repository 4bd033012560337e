//! An API that returns the name and arguments of the called operation.

use crate::keys::server::api::{
    CloseError, CloseParams, FindError, FindParams, GetAclError, GetAclParams, GetAssetByNameError,
    GetAssetByNameParams, GetBoxError, GetLeaseError, LeftError, ListAssetsError, OpenError,
    OpenParams, SearchError, SearchParams, SendToError,
};
use crate::keys::server::{Api, Call};

/// Returns the name of the called operation.
#[derive(Debug)]
pub struct Named;

fn said<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).into()
}

impl Api for Named {
    async fn get_box(&self, _: Call, id: String) -> Result<Vec<String>, GetBoxError> {
        Ok(said(["box", &id]))
    }

    async fn get_acl(
        &self,
        _: Call,
        id: String,
        params: GetAclParams,
    ) -> Result<Vec<String>, GetAclError> {
        Ok(said(["acl", &id, &format!("{:?}", params.depth)]))
    }

    async fn get_lease(&self, _: Call, r#box: String) -> Result<Vec<String>, GetLeaseError> {
        Ok(said(["lease", &r#box]))
    }

    async fn search(&self, _: Call, params: SearchParams) -> Result<Vec<String>, SearchError> {
        Ok(said(["search", &format!("{:?}", params.limit)]))
    }

    async fn find(&self, _: Call, params: FindParams) -> Result<Vec<String>, FindError> {
        let place = params.r#in.unwrap_or_default();
        Ok(said(["find", &params.q.join("+"), &place, &params.page]))
    }

    async fn list_assets(&self, _: Call) -> Result<Vec<String>, ListAssetsError> {
        Ok(said(["assets"]))
    }

    async fn get_asset_by_name(
        &self,
        _: Call,
        params: GetAssetByNameParams,
    ) -> Result<Vec<String>, GetAssetByNameError> {
        Ok(said(["asset", &params.name]))
    }

    async fn open(&self, _: Call, _: OpenParams) -> Result<Vec<String>, OpenError> {
        Ok(said(["open"]))
    }

    async fn close(&self, _: Call, _: CloseParams) -> Result<Vec<String>, CloseError> {
        Ok(said(["close"]))
    }

    async fn left(&self, _: Call) -> Result<Vec<String>, LeftError> {
        Ok(said(["left"]))
    }

    async fn send_to(&self, _: Call, id: String) -> Result<Vec<String>, SendToError> {
        Ok(said(["send", &id]))
    }
}
