"""The files beside the finished HTML: headers, service worker, open data, licences, weights."""
