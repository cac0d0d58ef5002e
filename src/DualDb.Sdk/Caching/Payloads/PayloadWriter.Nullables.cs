using System.Net;
using System.Numerics;
using System.Text.Json;
using NpgsqlTypes;

namespace DualDb.Caching;

// Values that may be missing: a byte that says so, then the value. One overload per type, because a generic method could not choose the
// way to write a value without asking at run time.
public ref partial struct PayloadWriter
{
    /// <summary>Writes a value, or that there is none.</summary>
    /// <param name="value">The value, or null.</param>
    public void WriteOrNull(string? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(byte[]? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(IPAddress? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(JsonDocument? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(bool? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(byte? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(sbyte? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(uint? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(long? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(ulong? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(float? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(double? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(decimal? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(BigInteger? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(Guid? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(IPNetwork? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(DateTime? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(DateTimeOffset? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(DateOnly? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(TimeOnly? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(TimeSpan? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(JsonElement? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(NpgsqlRange<int>? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(NpgsqlRange<long>? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(NpgsqlRange<decimal>? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(NpgsqlRange<DateTime>? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(NpgsqlRange<DateTimeOffset>? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    /// <inheritdoc cref="WriteOrNull(string)"/>
    public void WriteOrNull(NpgsqlRange<DateOnly>? value)
    {
        if (!WriteIsNull(value is null))
        {
            Write(value!.Value);
        }
    }

    private bool WriteIsNull(bool isNull)
    {
        Write(isNull);
        return isNull;
    }
}
