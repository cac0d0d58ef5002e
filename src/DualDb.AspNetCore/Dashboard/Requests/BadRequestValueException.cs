using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>A value of an address or a form is malformed. Nothing was done.</summary>
/// <param name="name">The name of the value.</param>
/// <param name="expected">What it has to be, in English.</param>
internal sealed class BadRequestValueException(string name, string expected) : Exception($"\"{name}\" has to be {expected}.")
{
    /// <summary>The name of the value.</summary>
    public string Name { get; } = name;

    /// <summary>What it has to be.</summary>
    public string Expected { get; } = expected;

    /// <summary>It in the words of whoever asked.</summary>
    public string In(DashboardRequest request) => FrameTexts.BadValue.In(request.Language, Name, request.Secrets.Clean(Expected));
}
