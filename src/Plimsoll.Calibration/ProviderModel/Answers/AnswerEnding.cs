namespace Plimsoll.Calibration.ProviderModel.Answers;

/// <summary>What happens to the connection after the last part.</summary>
internal enum AnswerEnding
{
    /// <summary>The body ends as HTTP says.</summary>
    Complete,

    /// <summary>The connection is closed in the middle of the body.</summary>
    Cut,

    /// <summary>Nothing more comes, and the connection stays open.</summary>
    Stalled,

    /// <summary>The connection is reset in the middle of the body.</summary>
    Reset,

    /// <summary>Nothing at all is sent, and the connection stays open.</summary>
    Silent,
}
