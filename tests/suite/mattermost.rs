//! The two descriptions of Mattermost's OAuth API: the result of each stage, the repairs, and names as in other clients. The output is
//! committed in `generated/`, which `generated.rs` compares.

use crate::check::{Checked, Job, scratch};
use crate::command::specwright;
use crate::snapshot::Snapshots;
use specwright::diag::{Levels, Severity};
use specwright::pipeline::Stage;
use std::collections::BTreeSet;

const OPENAPI: &str = "mattermost-oauth";
const SWAGGER: &str = "mattermost-oauth-swagger2";

/// The methods of matterapi 0.5.0, class `OauthApi`, from its documentation.
const MATTERAPI: [&str; 8] = [
    "create_oauth_app",
    "delete_oauth_app",
    "get_authorized_oauth_apps_for_user",
    "get_oauth_app",
    "get_oauth_app_info",
    "get_oauth_apps",
    "regenerate_oauth_app_secret",
    "update_oauth_app",
];

/// Its models for them. It has `…JsonBody` where we have `…Body`, as ours may have another media type.
const MATTERAPI_MODELS: [(&str, &str); 4] = [
    ("OAuthApp", "OAuthApp"),
    ("StatusOK", "StatusOK"),
    ("CreateOAuthAppJsonBody", "CreateOAuthAppBody"),
    ("UpdateOAuthAppJsonBody", "UpdateOAuthAppBody"),
];

/// With all messages, including those that the repository's configuration allows.
fn checked(api: &str) -> Checked {
    let mut job = Job::repository().remove(api).unwrap();
    job.options.lints = Levels::default();
    job.check()
}

#[test]
fn openapi() {
    snapshots(OPENAPI);
}

#[test]
fn swagger2() {
    snapshots(SWAGGER);
}

fn snapshots(api: &str) {
    let checked = checked(api);
    let mut snapshots = Snapshots::new(&format!("snapshots/{api}"));
    snapshots.check("diagnostics", &checked.messages);
    snapshots.check("ir", &checked.dump(Stage::Ir).unwrap());
    snapshots.check("plan", &checked.dump(Stage::Plan).unwrap());
    snapshots.finish();
}

#[test]
fn the_openapi_document_needs_no_repair() {
    assert_eq!(checked(OPENAPI).codes, []);
}

/// The problems of the listing, counted by hand.
#[test]
fn the_swagger_document_is_repaired_with_a_warning_each() {
    let checked = checked(SWAGGER);
    let wanted = [("SW0120", 6), ("SW0121", 10), ("SW0123", 2), ("SW0401", 8)];
    for (code, count) in wanted {
        assert_eq!(checked.count(code), count, "{code}");
    }
    assert_eq!(checked.codes.len(), 26);
    assert!(checked.codes.iter().all(|(code, severity)| *severity
        == if *code == "SW0401" {
            Severity::Note
        } else {
            Severity::Warning
        }));
}

#[test]
fn strict_writes_nothing() {
    let folder = scratch("mattermost-strict");
    let spec = crate::check::root().join("specs/mattermost-oauth-swagger2/openapi.yaml");
    let ran = specwright(
        &folder,
        &[
            "generate",
            spec.to_str().unwrap(),
            "--out",
            "out",
            "--strict",
            "--all",
        ],
    )
    .exit(1);
    assert_eq!(
        (
            ran.err.matches("error[SW").count(),
            ran.err.matches("warning[SW").count(),
            ran.err.matches("note[SW").count()
        ),
        (18, 0, 8)
    );
    assert!(ran.out.is_empty() && !folder.join("out").exists());
}

#[test]
fn methods_are_called_as_in_matterapi() {
    for api in [OPENAPI, SWAGGER] {
        let checked = checked(api);
        let files = checked.files.as_ref().unwrap();
        let client = methods(files.get("client/src/oauth.rs").unwrap(), "OauthApi");
        let server = methods(files.get("server/src/oauth.rs").unwrap(), "OauthApi");
        assert_eq!(client, server, "{api}");
        let missing: Vec<_> = MATTERAPI
            .iter()
            .filter(|name| !client.contains(**name))
            .collect();
        if api == OPENAPI {
            assert_eq!(missing, [] as [&&str; 0]);
            let ours: Vec<_> = client
                .iter()
                .filter(|name| !MATTERAPI.contains(&name.as_str()))
                .collect();
            assert_eq!(
                ours,
                ["get_authorization_server_metadata", "register_oauth_client"],
                "operations that are newer than matterapi"
            );
        } else {
            // The listing has no usable operationIds; its summaries differ in three places.
            assert_eq!(
                missing,
                [
                    &"create_oauth_app",
                    &"get_authorized_oauth_apps_for_user",
                    &"get_oauth_app_info"
                ]
            );
            let ours: Vec<_> = client
                .iter()
                .filter(|name| !MATTERAPI.contains(&name.as_str()))
                .collect();
            assert_eq!(
                ours,
                [
                    "get_authorized_oauth_apps",
                    "get_info_on_oauth_app",
                    "register_oauth_app"
                ]
            );
        }
    }
}

#[test]
fn types_are_called_as_in_matterapi() {
    let checked = checked(OPENAPI);
    let models = checked
        .files
        .as_ref()
        .unwrap()
        .get("types/src/models.rs")
        .unwrap();
    for (theirs, ours) in MATTERAPI_MODELS {
        assert!(
            models.contains(&format!("pub struct {ours} {{")),
            "{theirs}"
        );
    }
}

/// The names of the public functions of a type or a trait.
fn methods(text: &str, owner: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in syn::parse_file(text).unwrap().items {
        match item {
            syn::Item::Impl(item)
                if item.trait_.is_none()
                    && matches!(&*item.self_ty, syn::Type::Path(path) if path.path.is_ident(owner)) =>
            {
                names.extend(item.items.iter().filter_map(|item| match item {
                    syn::ImplItem::Fn(function)
                        if matches!(function.vis, syn::Visibility::Public(_)) =>
                    {
                        Some(function.sig.ident.to_string())
                    }
                    _ => None,
                }));
            }
            syn::Item::Trait(item) if item.ident == owner => {
                names.extend(item.items.iter().filter_map(|item| match item {
                    syn::TraitItem::Fn(function) => Some(function.sig.ident.to_string()),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    names
}
