using System.Buffers;
using System.Text.Json;
using DualDb.Mapping;
using DualDb.Mapping.Wire;

namespace DualDb.Rest;

/// <summary>The rows of an answer as they arrive: an array of objects, read through one rented buffer that is no larger than the largest row needs.</summary>
internal sealed class RestRows(HttpResponseMessage answer, Stream stream, RowShape shape) : IAsyncDisposable
{
    private const int FirstBuffer = 32 * 1024;

    private readonly JsonRow _row = new(shape);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _end;
    private bool _hasBegun;
    private bool _hasEnded;

    /// <summary>The row that was read last.</summary>
    public ResultRow Current => new(_row);

    /// <summary>Whether the next row is here already, so that reading it does not wait.</summary>
    public bool TryRead(out bool found)
    {
        found = false;
        if (_hasEnded)
        {
            return true;
        }

        SkipSeparators();
        if (_start == _end)
        {
            return false;
        }

        if (_hasBegun && _buffer[_start] == (byte)']')
        {
            _hasEnded = true;
            return true;
        }

        found = _row.TryTake(_buffer, _start, _end - _start, out var taken);
        _start += taken;
        return found;
    }

    /// <summary>Goes on to the next row.</summary>
    /// <exception cref="IOException">The answer ends before its array does.</exception>
    /// <exception cref="JsonException">The answer is no array of objects, or a row lacks a member.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        bool found;
        while (!TryRead(out found))
        {
            // A row is looked at from its beginning each time: a large one that came in pieces would be so as many times.
            var unread = _end - _start;
            var enough = unread < FirstBuffer ? unread + 1 : unread + (unread / 2);
            do
            {
                if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                {
                    return _end - _start > unread && TryRead(out found) ? found : throw new IOException("The answer ended before its last row.");
                }
            }
            while (_end - _start < enough);
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        await stream.DisposeAsync().ConfigureAwait(false);
        answer.Dispose();
    }

    private void SkipSeparators()
    {
        while (_start < _end)
        {
            var next = _buffer[_start];
            if (!_hasBegun && next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                _hasBegun = next == (byte)'[' ? true : throw new JsonException("The answer is no array of rows.");
            }
            else if (next is not ((byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return;
            }

            _start++;
        }
    }

    /// <summary>Reads what has come next; false at the end of the answer.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await AnswerBody.ReadAsync(stream, _buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length)
        {
            return;
        }

        var rest = _buffer.AsSpan(_start, _end - _start);
        if (_start > _buffer.Length / 2)
        {
            rest.CopyTo(_buffer);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(2 * _buffer.Length));
            rest.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        (_start, _end) = (0, rest.Length);
    }
}
