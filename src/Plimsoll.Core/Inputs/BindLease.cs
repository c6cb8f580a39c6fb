using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>A lease belongs to a live attempt: what is measured there is counted to the lease first.</summary>
/// <remarks>No fact: told again after a restart.</remarks>
public sealed record BindLease(AttemptId Lease, AttemptId Holder) : Input;
