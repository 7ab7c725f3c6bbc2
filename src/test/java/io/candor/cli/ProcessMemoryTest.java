package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMemoryTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void childrenCount() throws IOException {
    Process parent = new ProcessBuilder("sh", "-c", "read line; exit").start();
    Process grandparent = new ProcessBuilder("sh", "-c", "sh -c 'read line'; exit").start();
    try {
      while (grandparent.children().findAny().isEmpty()) {
        Thread.onSpinWait();
      }
      long one = ProcessMemory.of(parent.toHandle()).bytes();
      long two = ProcessMemory.of(grandparent.toHandle()).bytes();
      assertTrue(one > 0 && two > one * 3 / 2, one + " and " + two);
    } finally {
      parent.destroy();
      grandparent.descendants().forEach(ProcessHandle::destroy);
      grandparent.destroy();
    }
  }
}
