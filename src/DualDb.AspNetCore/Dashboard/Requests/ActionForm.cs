using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>The fields that an action was posted with.</summary>
/// <param name="fields">The fields.</param>
/// <param name="actor">Who acts.</param>
internal sealed class ActionForm(IFormCollection fields, string actor)
{
    public const string ReasonField = "reason";

    private const int LongestReason = 500;

    /// <summary>Who acts, for audits.</summary>
    public string Actor { get; } = actor;

    /// <summary>Why; empty where nothing was said.</summary>
    public string Reason => Text(ReasonField, LongestReason) ?? "";

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name, int maxLength = 200) => ValueParsing.Text(name, One(name), maxLength);

    /// <summary>A text that has to be there.</summary>
    public string Needed(string name, int maxLength = 200) => Text(name, maxLength) ?? throw Missing(name);

    /// <summary>A number; null where there is none.</summary>
    public long? Number(string name, long min = 0, long max = long.MaxValue) => ValueParsing.Number(name, One(name), min, max);

    /// <summary>A number that has to be there.</summary>
    public long NeededNumber(string name, long min = 0, long max = long.MaxValue) => Number(name, min, max) ?? throw Missing(name);

    /// <summary>A UUID; null where there is none.</summary>
    public Guid? Id(string name) => ValueParsing.Id(name, One(name));

    /// <summary>One of the words of an enum; null where there is none.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
        => ValueParsing.Choice<T>(name, One(name));

    /// <summary>Whether a field was sent, if with nothing in it.</summary>
    public bool Has(string name) => fields[name].Count > 0;

    /// <summary>All values of a field, such as those of boxes that were ticked.</summary>
    public IReadOnlyList<string> Several(string name) => [.. fields[name].OfType<string>()];

    private static BadRequestValueException Missing(string name) => new(name, "given");

    private string? One(string name)
    {
        var given = fields[name];
        return given.Count > 1 ? throw new BadRequestValueException(name, "given once") : given.Count == 0 ? null : given[0];
    }
}
