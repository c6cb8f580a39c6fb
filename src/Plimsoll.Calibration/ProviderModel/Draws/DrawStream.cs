namespace Plimsoll.Calibration.ProviderModel.Draws;

/// <summary>What random numbers are drawn for.</summary>
internal enum DrawStream
{
    /// <summary>Length and speed of an answer, by the number of the request: a repeated request gets the same answer.</summary>
    Answer = 1,

    /// <summary>Faults, by the order of arrival: a repeated request has another chance.</summary>
    Fault = 2,
}
