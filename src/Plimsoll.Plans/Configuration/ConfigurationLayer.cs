namespace Plimsoll.Plans.Configuration;

/// <summary>Where a setting comes from, in rising precedence. A plan stands between file and environment.</summary>
internal enum ConfigurationLayer : byte
{
    Default = 0,
    File = 1,
    Environment = 2,
    Flag = 3,
}
