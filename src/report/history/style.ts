/** What a history has besides the report's style. */
export const historyStyle = `
.changes { list-style: none; padding: 0; margin: 0; } .changes h3 { margin-top: 1rem; } .changes p { margin-bottom: .25rem; }
.changes .arms { list-style: none; padding: 0 0 0 1.2rem; margin: .25rem 0 1rem; text-indent: -1.2rem; } .changes .arms .next { text-indent: 0; }
.dated.costs th[scope=row] { white-space: nowrap; min-width: 0; text-indent: 0; padding-left: .35rem; } .dated .sure { font-weight: 600; }
`;
