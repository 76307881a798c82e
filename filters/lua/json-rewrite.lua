${parts.bytes}
${parts.json}

-- Field and value are plain text, so neither needs JSON's escapes.
local field, value = ${field_lua}, '"' .. ${value_lua} .. '"'
local member = '"' .. field .. '":' .. value

function envoy_on_request(handle)
  local body = handle:body()
  if not body then return end
  local old = body:getBytes(0, body:length())
  local brace, first, last = locate(old, field)
  if not brace then return end
  if first then
    body:setBytes(sub(old, 1, first - 1) .. value .. sub(old, last + 1))
  else
    local isEmpty = find(old, "^[ \n\r\t]*}", brace + 1)
    body:setBytes(sub(old, 1, brace) .. member .. (isEmpty and "" or ",") .. sub(old, brace + 1))
  end
end
