using System.ComponentModel;
using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <summary>Reads one value; generated code hands over the method of the type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="reader">Stands on the first token of the value; afterwards on its last.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T JsonRead<out T>(ref Utf8JsonReader reader);
