using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Admission;

/// <summary>What tasks of one heap have in common.</summary>
internal readonly record struct ShapeKey(TaskShape Shape, RunId Run, RaisedNeed? Raised);
