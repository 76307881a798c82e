local name = "x-bench-link-${link}"

function envoy_on_request(handle)
  handle:headers():replace(name, "filterbench")
end

function envoy_on_response(handle)
  handle:headers():replace(name, "filterbench")
end
