-- What each tenant is known by; the table is put in when the configuration is made.
local routes = ${tenants_lua}
local refusal = { [":status"] = "401", ["content-type"] = "text/plain" }

function envoy_on_request(handle)
  local headers = handle:headers()
  local tenant = headers:get(${header_lua})
  local route = tenant and routes[tenant]
  if route then
    headers:replace(${set_lua}, route)
  else
    handle:respond(refusal, "Client authentication failed.")
  end
end
