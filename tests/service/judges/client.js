// @mattermost/client, unchanged, against the service: each OAuth operation it has, through the statuses of its errors. The argument is the
// same as that of `clients.py`.
const assert = require('node:assert/strict');
const {Client4} = require('@mattermost/client');

const NEW = {name: 'ci', description: 'CI login', callback_urls: ['https://ci.test/cb'], homepage: 'https://ci.test'};
const UNKNOWN = 'abcdefghijklmnopqrstuvwxyz';

let checks = 0;
const statuses = {};

function note(operation, status) {
    (statuses[operation] ??= new Set()).add(status);
    checks += 1;
}

async function good(client, operation, ...values) {
    const value = await client[operation](...values);
    note(operation, 200);
    return value;
}

async function refused(client, operation, status, id, ...values) {
    await assert.rejects(client[operation](...values), (error) => {
        assert.equal(error.status_code, status, `${operation}: ${error}`);
        assert.equal(error.server_error_id, id);
        assert.ok(error.message);
        return true;
    });
    note(operation, status);
}

async function main() {
    const {on, off, users} = JSON.parse(process.argv[2]);
    const client = (url, name) => {
        const made = new Client4();
        made.setUrl(url);
        made.setToken(users[name].token);
        return made;
    };
    const [ann, bob, guest] = ['ann', 'bob', 'guest'].map((name) => client(on, name));
    const [over, badUrl, badBody] = ['session_expired', 'invalid_url_param', 'invalid_body_param'].map((id) => `api.context.${id}.app_error`);
    const [denied, noApp] = ['api.context.permissions.app_error', 'app.oauth.get_app.find.app_error'];
    const isOff = 'api.oauth.register_oauth_app.turn_off.app_error';

    const app = await good(ann, 'createOAuthApp', NEW);
    assert.partialDeepStrictEqual?.(app, NEW);
    assert.deepEqual((await good(ann, 'getOAuthApp', app.id)), app);
    assert.ok((await good(ann, 'getOAuthApps', 0, 200)).some((one) => one.id === app.id));
    assert.equal((await good(ann, 'getOAuthApps', 0, 1)).length, 1);
    const edited = await good(ann, 'editOAuthApp', {...app, name: 'new'});
    assert.deepEqual(edited, {...app, name: 'new', update_at: edited.update_at});
    const regenerated = await good(ann, 'regenOAuthAppSecret', app.id);
    assert.notEqual(regenerated.client_secret, app.client_secret);
    assert.equal((await good(guest, 'getOAuthAppInfo', app.id)).client_secret, '');
    assert.equal((await good(guest, 'getAuthorizedOAuthApps', 'me'))[0].client_secret, '');

    await refused(ann, 'createOAuthApp', 400, badBody, {...NEW, name: ''});
    await refused(ann, 'createOAuthApp', 400, badBody, {name: 'nothing else'});
    await refused(guest, 'createOAuthApp', 403, denied, NEW);
    await refused(guest, 'getOAuthApps', 403, denied);
    await refused(bob, 'editOAuthApp', 403, denied, app);
    await refused(ann, 'editOAuthApp', 404, noApp, {...NEW, id: UNKNOWN});
    await refused(ann, 'editOAuthApp', 400, badUrl, {...NEW, id: 'short'});
    await refused(ann, 'getAuthorizedOAuthApps', 400, badUrl, 'short');
    await refused(ann, 'getAuthorizedOAuthApps', 403, denied, users.guest.id);
    for (const operation of ['getOAuthApp', 'regenOAuthAppSecret', 'deleteOAuthApp']) {
        await refused(ann, operation, 400, badUrl, 'short');
        await refused(bob, operation, 403, denied, app.id);
        await refused(ann, operation, 404, noApp, UNKNOWN);
    }
    await refused(ann, 'getOAuthAppInfo', 400, badUrl, 'short');
    await refused(ann, 'getOAuthAppInfo', 404, noApp, UNKNOWN);
    for (const [url, name, status, id] of [[on, 'old', 401, over], [off, 'ann', 501, isOff]]) {
        const there = client(url, name);
        await refused(there, 'createOAuthApp', status, id, NEW);
        await refused(there, 'getOAuthApps', status, id);
        await refused(there, 'editOAuthApp', status, id, app);
        await refused(there, 'getAuthorizedOAuthApps', status, id, 'me');
        for (const operation of ['getOAuthApp', 'getOAuthAppInfo', 'regenOAuthAppSecret', 'deleteOAuthApp']) {
            await refused(there, operation, status, id, app.id);
        }
    }
    assert.equal((await good(ann, 'deleteOAuthApp', app.id)).status, 'OK');
    const seen = Object.entries(statuses).map(([name, all]) => `${name} ${[...all].sort().join(',')}`);
    console.log(`@mattermost/client: ${checks} checks of ${seen.length} operations (${seen.sort().join('; ')})`);
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
