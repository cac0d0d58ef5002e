using System.Globalization;

namespace DualDb.AspNetCore.Dashboard.Language;

/// <summary>A text in the languages of the dashboard. Both have the same places for values: <c>{0}</c>.</summary>
/// <param name="English">In English.</param>
/// <param name="Thai">In Thai.</param>
internal sealed record Text(string English, string Thai)
{
    public string In(PageLanguage language) => language == PageLanguage.Thai ? Thai : English;

    public string In(PageLanguage language, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, In(language), values);
}
