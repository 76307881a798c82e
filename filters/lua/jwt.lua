${parts.bytes}
${parts.json}
${parts.json-object}
${parts.base64url}

local issuer, audience = ${issuer_lua}, ${audience_lua}
-- Each with its `kid`, its `alg`, and the DER of the key.
local keys = ${keys_lua}
-- In seconds; Envoy's own filter has the same default.
local clockSkew = 60
local invalid = { [":status"] = "401" }
local wrongAudience = { [":status"] = "403" }

-- The one key that a header can mean: within a request Envoy imports no second one.
local function keyFor(header)
  for index = 1, #keys do
    local key = keys[index]
    if key.alg == header.alg and (header.kid == nil or header.kid == "" or header.kid == key.kid) then return key end
  end
  return nil
end

local function derInteger(number)
  local _, zeros = find(number, "^%z*")
  number = sub(number, math.min(zeros, #number - 1) + 1)
  -- Of a first bit that is set it would be negative.
  if byte(number) > 127 then number = "\0" .. number end
  return "\2" .. string.char(#number) .. number
end

-- The two numbers of 32 bytes that an ES256 signature is, in the DER that Envoy wants; nil where it is no such signature.
local function inDer(signature)
  if #signature ~= 64 then return nil end
  local numbers = derInteger(sub(signature, 1, 32)) .. derInteger(sub(signature, 33))
  return "\48" .. string.char(#numbers) .. numbers
end

local function isSigned(handle, header, signed, signature)
  local key = keyFor(header)
  if key and key.alg == "ES256" then signature = inDer(signature) end
  if not key or not signature then return false end
  -- Envoy forgets a key with its request, so each request imports it anew.
  local imported = handle:importPublicKey(key.der, #key.der):get()
  return (handle:verifySignature("sha256", imported, signature, #signature, signed, #signed))
end

local function isTimely(claims)
  local now, nbf, exp = os.time(), claims.nbf, claims.exp
  if nbf ~= nil and (type(nbf) ~= "number" or nbf < 0 or now + clockSkew < nbf) then return false end
  return type(exp) == "number" and exp < math.huge and now <= exp + clockSkew
end

local function isText(value) return value == nil or type(value) == "string" end

-- Whether the token is for us; nil where it does not say so in the right way.
local function isForUs(aud)
  if aud == nil then return false end
  if type(aud) ~= "table" then
    if type(aud) ~= "string" then return nil end
    return aud == audience
  end
  local found = false
  for index = 1, #aud do
    if not aud[index] then return nil end
    found = found or aud[index] == audience
  end
  return found
end

local function readPart(part)
  local json = decodeBase64url(part)
  return json and readObject(json)
end

-- The subject of a valid token, else nil and the refusal. The signature comes last, as in Envoy's own filter: it costs most.
local function judge(handle, authorization)
  if not authorization or sub(authorization, 1, 7) ~= "Bearer " then return nil, invalid end
  local first = find(authorization, ".", 8, true)
  local second = first and find(authorization, ".", first + 1, true)
  if not second or find(authorization, ".", second + 1, true) then return nil, invalid end
  local header = readPart(sub(authorization, 8, first - 1))
  local claims = header and readPart(sub(authorization, first + 1, second - 1))
  local signature = claims and decodeBase64url(sub(authorization, second + 1))
  if not signature or type(header.alg) ~= "string" or not isText(header.kid) or not isText(claims.sub) then
    return nil, invalid
  end
  if claims.iss ~= issuer or not isTimely(claims) then return nil, invalid end
  local forUs = isForUs(claims.aud)
  if not forUs then return nil, forUs == false and wrongAudience or invalid end
  local subject = claims.sub
  if type(subject) ~= "string" or not find(subject, "^[ -~]+$") then return nil, invalid end
  if not isSigned(handle, header, sub(authorization, 8, second - 1), signature) then return nil, invalid end
  return subject
end

function envoy_on_request(handle)
  local headers = handle:headers()
  local subject, refusal = judge(handle, headers:get("authorization"))
  if subject then
    headers:replace("x-client-id", subject)
  else
    handle:respond(refusal, "")
  end
end
