using Plimsoll.Core.Ports;
using Plimsoll.Engine.Loop;

namespace Plimsoll.Engine.Guarding;

/// <summary>Where the watch of a node reports to.</summary>
/// <param name="Inputs">The kernel's.</param>
/// <param name="Clock">The kernel's.</param>
/// <param name="Failed">Gets the exception that ended the thread: a bug, after which nobody guards the node.</param>
public sealed record NodeWatchOutlets(IInputSink Inputs, KernelClock Clock, Action<Exception> Failed);
