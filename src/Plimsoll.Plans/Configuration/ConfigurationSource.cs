using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Configuration;

/// <summary>A setting as written, and where.</summary>
internal sealed record ConfigurationSource(Node Node, string Origin, ConfigurationLayer Layer);
