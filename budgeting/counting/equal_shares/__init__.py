"""The Method of Equal Shares (Peters, Pierczyński, Skowron 2021), with its completions."""
