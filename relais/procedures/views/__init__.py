"""The pages: `public` for everyone, `desk` to read and compare versions, `drafting` to change a draft."""
