// Written by specwright; changes are overwritten.

//! The operations of `client.oauth()`.

use super::super::Client;
use super::super::client::types;
use super::super::support::{
    Argument, Call, Content, Form, Given, Invalid, Kind, NextBy, NextPage, Operation,
    Place,
};

pub(crate) static OPERATIONS: &[Operation<Client>] = &[
    Operation {
        name: "CreateOAuthApp",
        about: "Register OAuth app",
        details: "Register OAuth app\n\nPOST /api/v4/oauth/apps\n\nRegister an OAuth 2.0 client application with Mattermost as the service provider.\n\n# Permissions\n\nMust have manage_oauth permission.\n\n# API reference\n\n[CreateOAuthApp](https://api.mattermost.com/#operation/CreateOAuthApp)",
        request: "POST /api/v4/oauth/apps",
        contents: &[
            Content {
                media_type: "application/json",
                form: Form::Value,
                constants: &[],
            },
        ],
        needs_body: true,
        ..Operation::new(create_oauth_app)
    },
    Operation {
        name: "GetOAuthApps",
        about: "Get OAuth apps",
        details: "Get OAuth apps\n\nGET /api/v4/oauth/apps\n\nGet a page of OAuth 2.0 client applications registered with Mattermost.\n\n# Permissions\n\nWith manage_oauth permission, the apps registered by the logged in user are returned. With\nmanage_system_wide_oauth permission, all apps regardless of creator are returned.\n\n# API reference\n\n[GetOAuthApps](https://api.mattermost.com/#operation/GetOAuthApps)\n\nA call gives a page of the list: page is its number, that of the first page is 0, and next has the arguments of the next page.",
        request: "GET /api/v4/oauth/apps",
        arguments: &[
            Argument {
                about: "The page to select. [default: 0]",
                ..Argument::new("page", Place::Parameter, Kind::Integer)
            },
            Argument {
                about: "The number of apps per page. [default: 60]",
                ..Argument::new("per_page", Place::Parameter, Kind::Integer)
            },
        ],
        is_paged: true,
        next: Some(NextPage {
            ..NextPage::new(NextBy::Page { argument: &["page"], first: 0 })
        }),
        ..Operation::new(get_oauth_apps)
    },
    Operation {
        name: "GetOAuthApp",
        about: "Get an OAuth app",
        details: "Get an OAuth app\n\nGET /api/v4/oauth/apps/{app_id}\n\nGet an OAuth 2.0 client application registered with Mattermost.\n\n# Permissions\n\nIf app creator, must have mange_oauth permission otherwise manage_system_wide_oauth\npermission is required.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[GetOAuthApp](https://api.mattermost.com/#operation/GetOAuthApp)",
        request: "GET /api/v4/oauth/apps/{app_id}",
        arguments: &[
            Argument {
                about: "Application client id",
                required: true,
                ..Argument::new("app_id", Place::Path, Kind::Text)
            },
        ],
        ..Operation::new(get_oauth_app)
    },
    Operation {
        name: "UpdateOAuthApp",
        about: "Update an OAuth app",
        details: "Update an OAuth app\n\nPUT /api/v4/oauth/apps/{app_id}\n\nUpdate an OAuth 2.0 client application based on OAuth struct.\n\n# Permissions\n\nIf app creator, must have mange_oauth permission otherwise manage_system_wide_oauth\npermission is required.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[UpdateOAuthApp](https://api.mattermost.com/#operation/UpdateOAuthApp)",
        request: "PUT /api/v4/oauth/apps/{app_id}",
        arguments: &[
            Argument {
                about: "Application client id",
                required: true,
                ..Argument::new("app_id", Place::Path, Kind::Text)
            },
        ],
        contents: &[
            Content {
                media_type: "application/json",
                form: Form::Value,
                constants: &[],
            },
        ],
        needs_body: true,
        ..Operation::new(update_oauth_app)
    },
    Operation {
        name: "DeleteOAuthApp",
        about: "Delete an OAuth app",
        details: "Delete an OAuth app\n\nDELETE /api/v4/oauth/apps/{app_id}\n\nDelete and unregister an OAuth 2.0 client application\n\n# Permissions\n\nIf app creator, must have mange_oauth permission otherwise manage_system_wide_oauth\npermission is required.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[DeleteOAuthApp](https://api.mattermost.com/#operation/DeleteOAuthApp)",
        request: "DELETE /api/v4/oauth/apps/{app_id}",
        arguments: &[
            Argument {
                about: "Application client id",
                required: true,
                ..Argument::new("app_id", Place::Path, Kind::Text)
            },
        ],
        ..Operation::new(delete_oauth_app)
    },
    Operation {
        name: "RegenerateOAuthAppSecret",
        about: "Regenerate OAuth app secret",
        details: "Regenerate OAuth app secret\n\nPOST /api/v4/oauth/apps/{app_id}/regen_secret\n\nRegenerate the client secret for an OAuth 2.0 client application registered with Mattermost.\n\n# Permissions\n\nIf app creator, must have mange_oauth permission otherwise manage_system_wide_oauth\npermission is required.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[RegenerateOAuthAppSecret](https://api.mattermost.com/#operation/RegenerateOAuthAppSecret)",
        request: "POST /api/v4/oauth/apps/{app_id}/regen_secret",
        arguments: &[
            Argument {
                about: "Application client id",
                required: true,
                ..Argument::new("app_id", Place::Path, Kind::Text)
            },
        ],
        ..Operation::new(regenerate_oauth_app_secret)
    },
    Operation {
        name: "GetOAuthAppInfo",
        about: "Get info on an OAuth app",
        details: "Get info on an OAuth app\n\nGET /api/v4/oauth/apps/{app_id}/info\n\nGet public information about an OAuth 2.0 client application registered with Mattermost. The\napplication's client secret will be blanked out.\n\n# Permissions\n\nMust be authenticated.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[GetOAuthAppInfo](https://api.mattermost.com/#operation/GetOAuthAppInfo)",
        request: "GET /api/v4/oauth/apps/{app_id}/info",
        arguments: &[
            Argument {
                about: "Application client id",
                required: true,
                ..Argument::new("app_id", Place::Path, Kind::Text)
            },
        ],
        ..Operation::new(get_oauth_app_info)
    },
    Operation {
        name: "GetAuthorizationServerMetadata",
        about: "Get OAuth 2.0 Authorization Server Metadata",
        details: "Get OAuth 2.0 Authorization Server Metadata\n\nGET /.well-known/oauth-authorization-server\n\nGet the OAuth 2.0 Authorization Server Metadata as defined in RFC 8414. This endpoint\nprovides metadata about the OAuth 2.0 authorization server's configuration, including\nsupported endpoints, grant types, response types, and authentication methods.\n\n# Permissions\n\nNo authentication required. This endpoint is publicly accessible to allow OAuth clients to\ndiscover the authorization server's configuration.\n\n# Notes\n\n- This endpoint implements RFC 8414 (OAuth 2.0 Authorization Server Metadata)\n- The metadata is dynamically generated based on the server's configuration\n- OAuth Service Provider must be enabled in system settings for this endpoint to be\n  available\n\n# API reference\n\n[GetAuthorizationServerMetadata](https://api.mattermost.com/#operation/GetAuthorizationServerMetadata)",
        request: "GET /.well-known/oauth-authorization-server",
        ..Operation::new(get_authorization_server_metadata)
    },
    Operation {
        name: "RegisterOAuthClient",
        about: "Register OAuth client using Dynamic Client Registration",
        details: "Register OAuth client using Dynamic Client Registration\n\nPOST /api/v4/oauth/apps/register\n\nRegister an OAuth 2.0 client application using Dynamic Client Registration (DCR) as defined\nin RFC 7591. This endpoint allows clients to register without requiring administrative\napproval.\n\n# Permissions\n\nNo authentication required. This endpoint implements the OAuth 2.0 Dynamic Client\nRegistration Protocol and can be called by unauthenticated clients.\n\n# Notes\n\n- This endpoint follows RFC 7591 (OAuth 2.0 Dynamic Client Registration Protocol)\n- The client_uri field, when provided, will be mapped to the OAuth app's homepage\n- All registered clients are marked as dynamically registered\n- Dynamic client registration must be enabled in system settings\n\n# API reference\n\n[RegisterOAuthClient](https://api.mattermost.com/#operation/RegisterOAuthClient)",
        request: "POST /api/v4/oauth/apps/register",
        contents: &[
            Content {
                media_type: "application/json",
                form: Form::Value,
                constants: &[],
            },
        ],
        needs_body: true,
        ..Operation::new(register_oauth_client)
    },
    Operation {
        name: "GetAuthorizedOAuthAppsForUser",
        about: "Get authorized OAuth apps",
        details: "Get authorized OAuth apps\n\nGET /api/v4/users/{user_id}/oauth/apps/authorized\n\nGet a page of OAuth 2.0 client applications authorized to access a user's account.\n\n# Permissions\n\nMust be authenticated as the user or have edit_other_users permission.\n\n# Parameters\n\n- user_id: User GUID\n\n# API reference\n\n[GetAuthorizedOAuthAppsForUser](https://api.mattermost.com/#operation/GetAuthorizedOAuthAppsForUser)\n\nA call gives a page of the list: page is its number, that of the first page is 0, and next has the arguments of the next page.",
        request: "GET /api/v4/users/{user_id}/oauth/apps/authorized",
        arguments: &[
            Argument {
                about: "User GUID",
                required: true,
                ..Argument::new("user_id", Place::Path, Kind::Text)
            },
            Argument {
                about: "The page to select. [default: 0]",
                ..Argument::new("page", Place::Parameter, Kind::Integer)
            },
            Argument {
                about: "The number of apps per page. [default: 60]",
                ..Argument::new("per_page", Place::Parameter, Kind::Integer)
            },
        ],
        is_paged: true,
        next: Some(NextPage {
            ..NextPage::new(NextBy::Page { argument: &["page"], first: 0 })
        }),
        ..Operation::new(get_authorized_oauth_apps_for_user)
    },
];

fn create_oauth_app(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let body = given.body::<types::CreateOAuthAppBody>()?;
    let request = client.oauth().create_oauth_app(body);
    Ok(Call::response(request.send_raw()))
}

fn get_oauth_apps(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let mut request = client.oauth().get_oauth_apps();
    if let Some(value) = given.optional::<i64>("page")? {
        request = request.page(value);
    }
    if let Some(value) = given.optional::<i64>("per_page")? {
        request = request.per_page(value);
    }
    if given.all_pages {
        return Ok(Call::pages(request.paginate()));
    }
    Ok(Call::response(request.send_raw()))
}

fn get_oauth_app(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().get_oauth_app(given.required::<String>("app_id")?);
    Ok(Call::response(request.send_raw()))
}

fn update_oauth_app(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let body = given.body::<types::UpdateOAuthAppBody>()?;
    let request = client.oauth().update_oauth_app(given.required::<String>("app_id")?, body);
    Ok(Call::response(request.send_raw()))
}

fn delete_oauth_app(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().delete_oauth_app(given.required::<String>("app_id")?);
    Ok(Call::response(request.send_raw()))
}

fn regenerate_oauth_app_secret(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().regenerate_oauth_app_secret(given.required::<String>("app_id")?);
    Ok(Call::response(request.send_raw()))
}

fn get_oauth_app_info(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().get_oauth_app_info(given.required::<String>("app_id")?);
    Ok(Call::response(request.send_raw()))
}

fn get_authorization_server_metadata(client: &Client, _: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().get_authorization_server_metadata();
    Ok(Call::response(request.send_raw()))
}

fn register_oauth_client(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let body = given.body::<types::ClientRegistrationRequest>()?;
    let request = client.oauth().register_oauth_client(body);
    Ok(Call::response(request.send_raw()))
}

fn get_authorized_oauth_apps_for_user(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let mut request = client.oauth().get_authorized_oauth_apps_for_user(
        given.required::<String>("user_id")?,
    );
    if let Some(value) = given.optional::<i64>("page")? {
        request = request.page(value);
    }
    if let Some(value) = given.optional::<i64>("per_page")? {
        request = request.per_page(value);
    }
    if given.all_pages {
        return Ok(Call::pages(request.paginate()));
    }
    Ok(Call::response(request.send_raw()))
}
