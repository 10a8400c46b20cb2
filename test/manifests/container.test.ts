import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

describe('Dockerfile', () => {
  const text = read('Dockerfile');
  const instructions = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.replace(/^\S+\s+/, '') }));
  const last = (name: string): string | undefined => instructions.findLast((one) => one.name === name)?.rest;
  const indexOf = (name: string): number => instructions.findLastIndex((one) => one.name === name);

  test('has no error that a linter knows of', () => {
    expect(validate(text)).toEqual([]);
  });

  test('is built on the Node that the project is pinned to, in stages', () => {
    const pinned = /\d+/.exec(JSON.parse(read('package.json')).devDependencies.node)?.[0];
    const bases = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest.split(' ')[0]);
    expect(bases).toHaveLength(2);
    expect(new Set(bases)).toEqual(new Set([`node:${pinned}-slim`]));
    expect(text).toContain('npm ci --omit=dev');
  });

  test('runs as nobody special, and says so after the last thing that needs root', () => {
    expect(last('USER')).toBe('node');
    expect(indexOf('USER')).toBeGreaterThan(indexOf('RUN'));
    expect(indexOf('USER')).toBeGreaterThan(indexOf('COPY'));
  });

  test('starts what npm start starts, so that signals reach it', () => {
    const command = JSON.parse(last('CMD') ?? '') as string[];
    expect(command.join(' ')).toBe(JSON.parse(read('package.json')).scripts.start);
  });

  test('asks the process for its health', () => {
    const [, command = ''] = last('HEALTHCHECK')?.split('CMD ') ?? [];
    expect((JSON.parse(command) as string[])[2]).toContain('/healthz');
  });

  test('copies only what .dockerignore lets in', () => {
    const allowed = read('.dockerignore').match(/(?<=^!).+$/gm) ?? [];
    const copied = instructions
      .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    expect(new Set(copied)).toEqual(new Set(allowed));
  });
});

describe('compose.yaml', () => {
  interface Service {
    image?: string;
    environment: Record<string, string>;
    depends_on?: Record<string, { condition: string }>;
    healthcheck?: { test: string[] };
    volumes?: string[];
    ports?: string[];
  }
  const { services, volumes } = parse(read('compose.yaml')) as {
    services: { sideline: Service; database: Service };
    volumes: Record<string, unknown>;
  };

  test('waits for a healthy database whose data is in a named volume', () => {
    const { sideline, database } = services;
    expect(sideline.depends_on?.['database']?.condition).toBe('service_healthy');
    expect(database.healthcheck?.test.join(' ')).toContain('pg_isready');
    const [name = ''] = database.volumes?.[0]?.split(':') ?? [];
    expect(volumes).toHaveProperty(name);
  });

  test('holds no secret, and is open to this machine only', () => {
    const values = Object.values(services).flatMap(({ environment }) => Object.entries(environment));
    for (const [name, value] of values) {
      if (/PASSWORD|TOKEN|SECRET|KEYS|URL/.test(name)) expect(value, name).toMatch(/\$\{\w+:[?-]/);
    }
    expect(services.database.ports).toBeUndefined();
    expect(services.sideline.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });

  test('gives settings that the app accepts, by Socket Mode, by HTTP and for many workspaces', () => {
    const filled = (given: Record<string, string>) =>
      readConfig(
        Object.fromEntries(
          Object.entries(services.sideline.environment).map(([name, value]) => [name, fill(value, given)]),
        ),
      );
    const always = { POSTGRES_PASSWORD: 'secret', SLACK_BOT_TOKEN: 'xoxb-1' };
    const socket = filled({ ...always, SLACK_APP_TOKEN: 'xapp-1' });
    expect(socket).toMatchObject({
      ok: true,
      config: { slack: { kind: 'socket' }, port: 3000 },
    });
    const http = filled({ ...always, SLACK_SIGNING_SECRET: 'secret' });
    expect(http).toMatchObject({ ok: true, config: { slack: { kind: 'http' } } });
    expect(filled(always).ok).toBe(false);
    const oauth = filled({
      POSTGRES_PASSWORD: 'secret',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client',
      SLACK_STATE_SECRET: 'state',
      SLACK_SIGNING_SECRET: 'secret',
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
    });
    expect(oauth).toMatchObject({ ok: true, config: { slack: { kind: 'oauth' }, keepDays: 30 } });
  });

  /** ${NAME:-default} and ${NAME:?complaint}, as compose reads them. */
  function fill(value: string, given: Record<string, string>): string {
    return value.replaceAll(/\$\{(\w+):([?-])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
      const known = given[name];
      if (known === undefined && kind === '?') throw new Error(`${name} ${rest}`);
      return known ?? rest;
    });
  }
});

describe('docs/dependencies.md', () => {
  const packages = JSON.parse(read('package.json'));
  const [production = '', development = ''] = read('docs/dependencies.md').split('## In development');
  const listed = (text: string): string[] =>
    [...text.matchAll(/^\| `([^`]+)` \| (\S.*) \|$/gm)].map(([, name = '']) => name);

  test('says of every package in production what it is for, and of no other', () => {
    expect(listed(production).sort()).toEqual(Object.keys(packages.dependencies).sort());
  });

  test('and of every package in development', () => {
    const names = Object.keys(packages.devDependencies).map((name) =>
      name.replace(/^@types\/.*/, '@types/*'),
    );
    expect(listed(development).sort()).toEqual([...new Set(names)].sort());
  });
});
