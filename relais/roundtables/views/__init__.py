"""The pages of the table: one module for each thing one comes for."""
