/** Cells of words take several lines, where numbers take one. */
export const variantTableStyle = `
.words { margin-bottom: .5rem; } .words td .detail, .words td .remark { white-space: normal; }
.words td .remark { min-width: 0; max-width: 16rem; margin-left: auto; }
.words thead th + th { max-width: 8rem; }`;
