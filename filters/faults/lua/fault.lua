-- Sets x-filtered, or does what x-fault says.

-- Global to the worker's Lua state: what is kept here stays.
local kept = {}

local function grow(mebibytes)
  for i = 1, mebibytes do
    -- The number makes each a string of its own.
    kept[#kept + 1] = string.rep("x", 1048568) .. string.format("%08d", #kept)
  end
end

local faults = {
  error = function() error("an error on purpose") end,
  loop = function() while true do end end,
  memory = function() grow(256) end,
  exhaust = function() grow(1536) end,
}

function envoy_on_request(handle)
  local headers = handle:headers()
  local fault = headers:get("x-fault")
  if fault ~= nil then faults[fault]() end
  headers:replace("x-filtered", "1")
end
