using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Capacity;

/// <summary>What one live attempt holds at one moment.</summary>
/// <param name="Resident">Anonymous, shared and kernel memory of its cgroup; without cgroups its process tree's share (PSS, or RSS).</param>
/// <param name="Mapped">Pages of executables and libraries that it maps; they are needed once per node, however many map them.</param>
/// <param name="Executable">Identity (device and inode) of the file those pages belong to; equal values are counted once. 0 = not known.</param>
/// <param name="Cpu">User and system time since its start.</param>
/// <param name="Frozen">True while it is stopped by the pressure ladder.</param>
public readonly record struct TaskSample(AttemptId Attempt, Bytes Resident, Bytes Mapped, ulong Executable, TimeSpan Cpu, bool Frozen);
