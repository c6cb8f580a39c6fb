namespace Plimsoll.Core.Lifecycle;

/// <summary>What tells a process apart from any other that ever had its number.</summary>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c>: clock ticks after boot.</param>
/// <param name="BootId"><c>/proc/sys/kernel/random/boot_id</c>.</param>
public sealed record ProcessIdentity(int Pid, long StartTicks, string BootId);
