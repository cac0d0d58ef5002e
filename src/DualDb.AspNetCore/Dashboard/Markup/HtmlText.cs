using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace DualDb.AspNetCore.Dashboard.Markup;

/// <summary>What the compiler makes of an interpolated string that is handed to <see cref="Html.Of"/>: it encodes each hole.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlText
{
    // Letters of all scripts stay as they are; what means something in markup never does.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _markup;

    public HtmlText(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 16));

    public void AppendLiteral(string value) => _markup.Append(value);

    public void AppendFormatted(Html piece) => _markup.Append(piece.ToString());

    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces)
        {
            _markup.Append(piece.ToString());
        }
    }

    public void AppendFormatted(string? text)
    {
        if (text is not null)
        {
            _markup.Append(Encoder.Encode(text));
        }
    }

    public void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable
        => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    internal string Close() => _markup.ToString();
}
