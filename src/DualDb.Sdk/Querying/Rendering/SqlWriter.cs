using System.Globalization;
using System.Text;

namespace DualDb.Querying;

/// <summary>Writes SQL with numbered parameters. Parameters are numbered in the order of writing, which <see cref="ParameterWriter"/> follows.</summary>
internal sealed class SqlWriter
{
    private readonly StringBuilder _text = new();
    private int _parameters;

    public SqlWriter Write(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>The next parameter.</summary>
    /// <param name="cast">The type that it is cast to, or null.</param>
    public SqlWriter Parameter(string? cast = null)
    {
        _text.Append('$').Append((++_parameters).ToString(CultureInfo.InvariantCulture));
        if (cast is not null)
        {
            _text.Append("::").Append(cast);
        }

        return this;
    }

    /// <summary>Leaves the first numbers to parameters that are written by others.</summary>
    public void SkipParameters(int count) => _parameters += count;

    public override string ToString() => _text.ToString();
}
