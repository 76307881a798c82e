-- How many times is put in when the configuration is made. The sum outlives the call, so no compiler may leave it out.
local sum = 0

function envoy_on_request(handle)
  local s = sum
  for i = 1, ${loops} do
    s = (s * 5 + i) % 65521
  end
  sum = s
end
