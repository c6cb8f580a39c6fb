using Plimsoll.Core.Identity;

namespace Plimsoll.Calibration.Simulation;

/// <summary>Something that happens at a moment of virtual time.</summary>
/// <param name="Version">Of what it is about; an event that is out of date by then is passed over. Of an arrival the number of the part.</param>
internal readonly record struct VirtualEvent(VirtualEventKind Kind, int Node, AttemptId Attempt, int Version);
