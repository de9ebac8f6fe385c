import type { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

const nobodyAsks = async () => undefined;

/** Keeps what the provider remembers (sessions, codes, grants, refresh tokens) over a restart. */
export function keptState(db: DatabaseSync): AdapterFactory {
  db.exec(`CREATE TABLE IF NOT EXISTS sign_in
    (model TEXT, id TEXT, grant_id TEXT, uid TEXT, expires_at INTEGER, payload TEXT, PRIMARY KEY (model, id))`);
  db.prepare('DELETE FROM sign_in WHERE expires_at < ?').run(Date.now());
  const statements = {
    put: db.prepare('INSERT OR REPLACE INTO sign_in VALUES (?, ?, ?, ?, ?, ?)'),
    byId: db.prepare('SELECT payload FROM sign_in WHERE model = ? AND id = ? AND expires_at > ?'),
    byUid: db.prepare('SELECT payload FROM sign_in WHERE model = ? AND uid = ? AND expires_at > ?'),
    consume: db.prepare("UPDATE sign_in SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?"),
    remove: db.prepare('DELETE FROM sign_in WHERE model = ? AND id = ?'),
    revoke: db.prepare('DELETE FROM sign_in WHERE model = ? AND grant_id = ?'),
  };
  return (model): Adapter => ({
    async upsert(id, payload, expiresIn = Infinity) {
      const expiresAt = Math.min(Date.now() + expiresIn * 1000, Number.MAX_SAFE_INTEGER);
      const { grantId = null, uid = null } = payload;
      statements.put.run(model, id, grantId, uid, expiresAt, JSON.stringify(payload));
    },
    find: async (id) => parsed(statements.byId.get(model, id, Date.now())),
    findByUid: async (uid) => parsed(statements.byUid.get(model, uid, Date.now())),
    findByUserCode: nobodyAsks,
    consume: async (id) => void statements.consume.run(Math.floor(Date.now() / 1000), model, id),
    destroy: async (id) => void statements.remove.run(model, id),
    revokeByGrantId: async (grantId) => void statements.revoke.run(model, grantId),
  });
}

const parsed = (row: Record<string, unknown> | undefined) =>
  row && (JSON.parse(String(row['payload'])) as AdapterPayload);
