namespace Plimsoll.Plans.Reading;

/// <summary>One key of a mapping with its value; keys are unique within their mapping.</summary>
internal readonly record struct NodeEntry(Node Key, Node Value);
