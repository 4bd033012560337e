// Written by specwright; changes are overwritten.

//! The operations of `client.oauth()`.

use super::super::Client;
use super::super::client::types;
use super::super::support::{
    Argument, Call, Content, Form, Given, Invalid, Kind, Operation, Place,
};

pub(crate) static OPERATIONS: &[Operation<Client>] = &[
    Operation {
        name: "create-oauth-app",
        about: "Register OAuth app",
        details: "Register OAuth app\n\nPOST /api/v4/oauth/apps\n\nRegister an OAuth 2.0 client application with Mattermost as the service provider.\n\n# Permissions\n\nMust have manage_oauth permission.\n\n# API reference\n\n[CreateOAuthApp](https://api.mattermost.com/#operation/CreateOAuthApp)",
        request: "POST /api/v4/oauth/apps",
        arguments: &[
            Argument {
                about: "The name of the client application",
                required: true,
                ..Argument::new("name", Place::Property, Kind::Text)
            },
            Argument {
                about: "A short description of the application",
                required: true,
                ..Argument::new("description", Place::Property, Kind::Text)
            },
            Argument {
                wire: "icon_url",
                about: "A URL to an icon to display with the application",
                ..Argument::new("icon-url", Place::Property, Kind::Text)
            },
            Argument {
                wire: "callback_urls",
                about: "A list of callback URLs for the appliation",
                many: true,
                required: true,
                ..Argument::new("callback-urls", Place::Property, Kind::Text)
            },
            Argument {
                about: "A link to the website of the application",
                required: true,
                ..Argument::new("homepage", Place::Property, Kind::Text)
            },
            Argument {
                wire: "is_trusted",
                about: "Set this to true to skip asking users for permission",
                ..Argument::new("is-trusted", Place::Property, Kind::Boolean)
            },
            Argument {
                wire: "is_public",
                about: "Set this to true to create a public client (no client secret). Public clients must use PKCE for authorization.",
                ..Argument::new("is-public", Place::Property, Kind::Boolean)
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
        ..Operation::new(create_oauth_app)
    },
    Operation {
        name: "get-oauth-apps",
        about: "Get OAuth apps",
        details: "Get OAuth apps\n\nGET /api/v4/oauth/apps\n\nGet a page of OAuth 2.0 client applications registered with Mattermost.\n\n# Permissions\n\nWith manage_oauth permission, the apps registered by the logged in user are returned. With\nmanage_system_wide_oauth permission, all apps regardless of creator are returned.\n\n# API reference\n\n[GetOAuthApps](https://api.mattermost.com/#operation/GetOAuthApps)",
        request: "GET /api/v4/oauth/apps",
        arguments: &[
            Argument {
                about: "The page to select. [default: 0]",
                ..Argument::new("page", Place::Parameter, Kind::Integer)
            },
            Argument {
                wire: "per_page",
                about: "The number of apps per page. [default: 60]",
                ..Argument::new("per-page", Place::Parameter, Kind::Integer)
            },
        ],
        is_paged: true,
        ..Operation::new(get_oauth_apps)
    },
    Operation {
        name: "get-oauth-app",
        about: "Get an OAuth app",
        details: "Get an OAuth app\n\nGET /api/v4/oauth/apps/{app_id}\n\nGet an OAuth 2.0 client application registered with Mattermost.\n\n# Permissions\n\nIf app creator, must have mange_oauth permission otherwise manage_system_wide_oauth\npermission is required.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[GetOAuthApp](https://api.mattermost.com/#operation/GetOAuthApp)",
        request: "GET /api/v4/oauth/apps/{app_id}",
        arguments: &[
            Argument {
                wire: "app_id",
                about: "Application client id",
                required: true,
                ..Argument::new("app-id", Place::Path, Kind::Text)
            },
        ],
        ..Operation::new(get_oauth_app)
    },
    Operation {
        name: "update-oauth-app",
        about: "Update an OAuth app",
        details: "Update an OAuth app\n\nPUT /api/v4/oauth/apps/{app_id}\n\nUpdate an OAuth 2.0 client application based on OAuth struct.\n\n# Permissions\n\nIf app creator, must have mange_oauth permission otherwise manage_system_wide_oauth\npermission is required.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[UpdateOAuthApp](https://api.mattermost.com/#operation/UpdateOAuthApp)",
        request: "PUT /api/v4/oauth/apps/{app_id}",
        arguments: &[
            Argument {
                wire: "app_id",
                about: "Application client id",
                required: true,
                ..Argument::new("app-id", Place::Path, Kind::Text)
            },
            Argument {
                about: "The id of the client application",
                required: true,
                ..Argument::new("id", Place::Property, Kind::Text)
            },
            Argument {
                about: "The name of the client application",
                required: true,
                ..Argument::new("name", Place::Property, Kind::Text)
            },
            Argument {
                about: "A short description of the application",
                required: true,
                ..Argument::new("description", Place::Property, Kind::Text)
            },
            Argument {
                wire: "icon_url",
                about: "A URL to an icon to display with the application",
                ..Argument::new("icon-url", Place::Property, Kind::Text)
            },
            Argument {
                wire: "callback_urls",
                about: "A list of callback URLs for the appliation",
                many: true,
                required: true,
                ..Argument::new("callback-urls", Place::Property, Kind::Text)
            },
            Argument {
                about: "A link to the website of the application",
                required: true,
                ..Argument::new("homepage", Place::Property, Kind::Text)
            },
            Argument {
                wire: "is_trusted",
                about: "Set this to true to skip asking users for permission. It will be set to false if value is not provided.",
                ..Argument::new("is-trusted", Place::Property, Kind::Boolean)
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
        name: "delete-oauth-app",
        about: "Delete an OAuth app",
        details: "Delete an OAuth app\n\nDELETE /api/v4/oauth/apps/{app_id}\n\nDelete and unregister an OAuth 2.0 client application\n\n# Permissions\n\nIf app creator, must have mange_oauth permission otherwise manage_system_wide_oauth\npermission is required.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[DeleteOAuthApp](https://api.mattermost.com/#operation/DeleteOAuthApp)",
        request: "DELETE /api/v4/oauth/apps/{app_id}",
        arguments: &[
            Argument {
                wire: "app_id",
                about: "Application client id",
                required: true,
                ..Argument::new("app-id", Place::Path, Kind::Text)
            },
        ],
        ..Operation::new(delete_oauth_app)
    },
    Operation {
        name: "regenerate-oauth-app-secret",
        about: "Regenerate OAuth app secret",
        details: "Regenerate OAuth app secret\n\nPOST /api/v4/oauth/apps/{app_id}/regen_secret\n\nRegenerate the client secret for an OAuth 2.0 client application registered with Mattermost.\n\n# Permissions\n\nIf app creator, must have mange_oauth permission otherwise manage_system_wide_oauth\npermission is required.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[RegenerateOAuthAppSecret](https://api.mattermost.com/#operation/RegenerateOAuthAppSecret)",
        request: "POST /api/v4/oauth/apps/{app_id}/regen_secret",
        arguments: &[
            Argument {
                wire: "app_id",
                about: "Application client id",
                required: true,
                ..Argument::new("app-id", Place::Path, Kind::Text)
            },
        ],
        ..Operation::new(regenerate_oauth_app_secret)
    },
    Operation {
        name: "get-oauth-app-info",
        about: "Get info on an OAuth app",
        details: "Get info on an OAuth app\n\nGET /api/v4/oauth/apps/{app_id}/info\n\nGet public information about an OAuth 2.0 client application registered with Mattermost. The\napplication's client secret will be blanked out.\n\n# Permissions\n\nMust be authenticated.\n\n# Parameters\n\n- app_id: Application client id\n\n# API reference\n\n[GetOAuthAppInfo](https://api.mattermost.com/#operation/GetOAuthAppInfo)",
        request: "GET /api/v4/oauth/apps/{app_id}/info",
        arguments: &[
            Argument {
                wire: "app_id",
                about: "Application client id",
                required: true,
                ..Argument::new("app-id", Place::Path, Kind::Text)
            },
        ],
        ..Operation::new(get_oauth_app_info)
    },
    Operation {
        name: "get-authorization-server-metadata",
        about: "Get OAuth 2.0 Authorization Server Metadata",
        details: "Get OAuth 2.0 Authorization Server Metadata\n\nGET /.well-known/oauth-authorization-server\n\nGet the OAuth 2.0 Authorization Server Metadata as defined in RFC 8414. This endpoint\nprovides metadata about the OAuth 2.0 authorization server's configuration, including\nsupported endpoints, grant types, response types, and authentication methods.\n\n# Permissions\n\nNo authentication required. This endpoint is publicly accessible to allow OAuth clients to\ndiscover the authorization server's configuration.\n\n# Notes\n\n- This endpoint implements RFC 8414 (OAuth 2.0 Authorization Server Metadata)\n- The metadata is dynamically generated based on the server's configuration\n- OAuth Service Provider must be enabled in system settings for this endpoint to be\n  available\n\n# API reference\n\n[GetAuthorizationServerMetadata](https://api.mattermost.com/#operation/GetAuthorizationServerMetadata)",
        request: "GET /.well-known/oauth-authorization-server",
        ..Operation::new(get_authorization_server_metadata)
    },
    Operation {
        name: "register-oauth-client",
        about: "Register OAuth client using Dynamic Client Registration",
        details: "Register OAuth client using Dynamic Client Registration\n\nPOST /api/v4/oauth/apps/register\n\nRegister an OAuth 2.0 client application using Dynamic Client Registration (DCR) as defined\nin RFC 7591. This endpoint allows clients to register without requiring administrative\napproval.\n\n# Permissions\n\nNo authentication required. This endpoint implements the OAuth 2.0 Dynamic Client\nRegistration Protocol and can be called by unauthenticated clients.\n\n# Notes\n\n- This endpoint follows RFC 7591 (OAuth 2.0 Dynamic Client Registration Protocol)\n- The client_uri field, when provided, will be mapped to the OAuth app's homepage\n- All registered clients are marked as dynamically registered\n- Dynamic client registration must be enabled in system settings\n\n# API reference\n\n[RegisterOAuthClient](https://api.mattermost.com/#operation/RegisterOAuthClient)",
        request: "POST /api/v4/oauth/apps/register",
        arguments: &[
            Argument {
                wire: "redirect_uris",
                about: "The URIs the client may be sent back to",
                many: true,
                required: true,
                ..Argument::new("redirect-uris", Place::Property, Kind::Text)
            },
            Argument {
                wire: "client_name",
                about: "Name of the client, shown to users",
                ..Argument::new("client-name", Place::Property, Kind::Text)
            },
            Argument {
                wire: "client_uri",
                about: "A web page about the client",
                ..Argument::new("client-uri", Place::Property, Kind::Text)
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
        ..Operation::new(register_oauth_client)
    },
    Operation {
        name: "get-authorized-oauth-apps-for-user",
        about: "Get authorized OAuth apps",
        details: "Get authorized OAuth apps\n\nGET /api/v4/users/{user_id}/oauth/apps/authorized\n\nGet a page of OAuth 2.0 client applications authorized to access a user's account.\n\n# Permissions\n\nMust be authenticated as the user or have edit_other_users permission.\n\n# Parameters\n\n- user_id: User GUID\n\n# API reference\n\n[GetAuthorizedOAuthAppsForUser](https://api.mattermost.com/#operation/GetAuthorizedOAuthAppsForUser)",
        request: "GET /api/v4/users/{user_id}/oauth/apps/authorized",
        arguments: &[
            Argument {
                wire: "user_id",
                about: "User GUID",
                required: true,
                ..Argument::new("user-id", Place::Path, Kind::Text)
            },
            Argument {
                about: "The page to select. [default: 0]",
                ..Argument::new("page", Place::Parameter, Kind::Integer)
            },
            Argument {
                wire: "per_page",
                about: "The number of apps per page. [default: 60]",
                ..Argument::new("per-page", Place::Parameter, Kind::Integer)
            },
        ],
        is_paged: true,
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
    if let Some(value) = given.optional::<i64>("per-page")? {
        request = request.per_page(value);
    }
    if given.all_pages {
        return Ok(Call::pages(request.paginate()));
    }
    Ok(Call::response(request.send_raw()))
}

fn get_oauth_app(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().get_oauth_app(given.required::<String>("app-id")?);
    Ok(Call::response(request.send_raw()))
}

fn update_oauth_app(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let body = given.body::<types::UpdateOAuthAppBody>()?;
    let request = client.oauth().update_oauth_app(given.required::<String>("app-id")?, body);
    Ok(Call::response(request.send_raw()))
}

fn delete_oauth_app(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().delete_oauth_app(given.required::<String>("app-id")?);
    Ok(Call::response(request.send_raw()))
}

fn regenerate_oauth_app_secret(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().regenerate_oauth_app_secret(given.required::<String>("app-id")?);
    Ok(Call::response(request.send_raw()))
}

fn get_oauth_app_info(client: &Client, given: &mut Given) -> Result<Call, Invalid> {
    let request = client.oauth().get_oauth_app_info(given.required::<String>("app-id")?);
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
        given.required::<String>("user-id")?,
    );
    if let Some(value) = given.optional::<i64>("page")? {
        request = request.page(value);
    }
    if let Some(value) = given.optional::<i64>("per-page")? {
        request = request.per_page(value);
    }
    if given.all_pages {
        return Ok(Call::pages(request.paginate()));
    }
    Ok(Call::response(request.send_raw()))
}
