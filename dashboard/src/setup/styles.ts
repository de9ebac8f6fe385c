// What is used here beside the styles of the shell, in the order in which it builds upon each other.
import '@mantine/core/styles/Progress.layer.css';
