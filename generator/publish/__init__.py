"""What stands beside the finished HTML: headers, offline copy, open data, licences, weights."""
