${parts.bytes}
${parts.json}

function envoy_on_request(handle)
  local body = handle:body()
  local model = body and stringField(body:getBytes(0, body:length()), "model")
  -- Envoy chooses the route again after a script has changed a header.
  handle:headers():replace("x-model", model or "none")
end
