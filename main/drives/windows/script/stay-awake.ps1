# Keeps Windows from sleeping (winbase.h, ES_CONTINUOUS and ES_SYSTEM_REQUIRED) until the process ISOMER_PID ends.
$kernel = Add-Type -Name Power -Namespace Isomer -PassThru -MemberDefinition '[DllImport("kernel32.dll")] public static extern uint SetThreadExecutionState(uint flags);'
[void]$kernel::SetThreadExecutionState([uint32]2147483649)
Wait-Process -Id ([int]$env:ISOMER_PID)
