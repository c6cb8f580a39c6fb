using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>One key of a matrix with its values, in the order written.</summary>
internal sealed record MatrixAxis(Node Key, IReadOnlyList<Node> Values);
