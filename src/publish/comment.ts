/**
 * The one comment on a pull request: found, written anew or brought up to date. All of it may be done again from the
 * start after any failure, because it first looks at what is there.
 */
import { type Api, pagesOf } from './api.ts';
import { type CommentIdentity, type CommentMark, commentBody, idsOf, markOf, supersededBody } from './comment-body.ts';
import type { Document } from './document.ts';
import { isPassing } from './patience.ts';

export interface CommentPlace {
  readonly owner: string;
  readonly repo: string;
  /** Of the pull request. */
  readonly number: number;
}

export interface Comment {
  readonly document: Document;
  readonly identity: CommentIdentity;
  readonly runUrl: string | undefined;
}

/**
 * Puts the comment there and returns its address; undefined where there was none and nothing is worth one. A verdict that
 * turns to fail gets a fresh comment, because nobody is told of a changed one; the older one then points to it.
 */
export async function putComment(api: Api, place: CommentPlace, comment: Comment): Promise<string | undefined> {
  const { document, identity, runUrl } = comment;
  const ids = idsOf(identity);
  const present = await ourComments(api, place, ids);
  const current = present.at(-1);
  // Which one is meant, where nothing is known of it, is only plain of a single one.
  const id = ids[0] ?? (identity.key === '' && present.length === 1 ? current?.id : undefined);
  if (id === undefined || (current === undefined && !document.isNews)) return undefined;
  const body = commentBody(document, id, runUrl);
  const turnsRed = document.verdict === 'fail' && current !== undefined && current.state !== 'fail';
  const url =
    current === undefined || turnsRed
      ? await create(api, place, body)
      : ((await update(api, place, current, body)) ?? (await create(api, place, body)));
  for (const older of present) {
    if (older.url !== url) await update(api, place, older, supersededBody(older.id, url));
  }
  return url;
}

interface PresentComment extends CommentMark {
  readonly number: number;
  /** Of GraphQL. */
  readonly nodeId: string;
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** Those that tell something, all of them without ids: neither superseded by us nor hidden by a person; the oldest first. */
async function ourComments(api: Api, { owner, repo, number }: CommentPlace, ids: readonly string[]) {
  const marked: PresentComment[] = [];
  const pages = api.paginate.iterator(api.rest.issues.listComments, {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pagesOf(pages)) {
    for (const { id: commentNumber, node_id: nodeId, user, body: text, html_url: url } of data) {
      // GitHub's description has no null there, and its answers have.
      const body = text ?? '';
      const mark = markOf(body);
      if (mark === undefined || mark.state === 'superseded') continue;
      if (ids.length > 0 && !ids.includes(mark.id)) continue;
      marked.push({ ...mark, number: commentNumber, nodeId, author: user?.login ?? '', body, url });
    }
  }
  if (marked.length === 0) return [];
  const { login, hidden } = await whoAmI(api, marked);
  return marked
    .filter(({ author, nodeId }) => author === login && !hidden.has(nodeId))
    .sort((a, b) => a.number - b.number);
}

/** GraphQL takes no more at once; the newest are those that count. */
const MOST_NODES = 100;

/** The author of what this token writes, and which of the comments are hidden (GitHub: minimized). */
async function whoAmI(api: Api, comments: readonly PresentComment[]) {
  interface Answer {
    readonly viewer: { readonly login: string };
    readonly nodes: readonly ({ readonly id?: string; readonly isMinimized?: boolean } | null)[];
  }
  const ids = comments.slice(-MOST_NODES).map(({ nodeId }) => nodeId);
  try {
    const { viewer, nodes } = await api.graphql<Answer>(
      'query ($ids: [ID!]!) { viewer { login } nodes(ids: $ids) { ... on IssueComment { id isMinimized } } }',
      { ids },
    );
    return {
      login: viewer.login,
      hidden: new Set(nodes.flatMap((node) => (node?.isMinimized ? (node.id ?? []) : []))),
    };
  } catch (error) {
    if (isPassing(error)) throw error;
    // REST cannot say who a job's token is (GET /user is forbidden to it); it is nearly always this one.
    return { login: 'github-actions[bot]', hidden: new Set<string>() };
  }
}

async function create(api: Api, { owner, repo, number }: CommentPlace, body: string): Promise<string> {
  const { data } = await api.rest.issues.createComment({ owner, repo, issue_number: number, body });
  return data.html_url;
}

/** The address; undefined where somebody has deleted the comment meanwhile. */
async function update(
  api: Api,
  { owner, repo }: CommentPlace,
  present: PresentComment,
  body: string,
): Promise<string | undefined> {
  if (asRead(present.body) === asRead(body)) return present.url;
  try {
    await api.rest.issues.updateComment({ owner, repo, comment_id: present.number, body });
    return present.url;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return undefined;
    throw error;
  }
}

/** Whoever edits a comment in a browser leaves other ends of lines in it. */
const asRead = (body: string) => body.replaceAll('\r\n', '\n').trimEnd();
