-- Which client each key belongs to; the table is put in when the configuration is made.
local clients = ${keys_lua}
local refusal = { [":status"] = "401", ["content-type"] = "text/plain" }

function envoy_on_request(handle)
  local headers = handle:headers()
  local key = headers:get("x-api-key")
  local client = key and clients[key]
  if client then
    headers:replace("x-client-id", client)
  else
    handle:respond(refusal, "Client authentication failed.")
  end
end
