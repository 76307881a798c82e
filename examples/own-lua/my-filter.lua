-- Sets one header each way, in place of what was sent under that name.
function envoy_on_request(handle)
  handle:headers():replace("x-bench-request", "filterbench")
end

function envoy_on_response(handle)
  handle:headers():replace("x-bench-response", "filterbench")
end
